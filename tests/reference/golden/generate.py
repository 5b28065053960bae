import csv
s=12345
def r():
    global s
    s=(1103515245*s+12345)%(2**31); return s/2**31
rows=[]
for i in range(120):
    seg='ABC'[int(r()*3)]; base=0.55 if seg=='A' else 0.45 if seg=='B' else 0.35
    z=r()
    ov=1+min(4,int((0.5*z+0.5*r()+base-0.2)*5))
    x=[1+min(4,int((0.6*z+0.4*r()+base-0.25)*5)) for _ in range(4)]
    x=[max(1,min(5,v)) for v in x]; ov=max(1,min(5,ov))
    e=[max(1,min(5,int(3+2.4*r()))) for _ in range(4)]
    nps=max(0,min(10,int((0.7*z+0.3*r()+base-0.2)*11)))
    w=[0.6,1.0,1.7][int(r()*3)]
    g='MF'[int(r()*2)]
    rows.append([i+1,seg,g,ov,nps,w]+x+e)
with open('gold.csv', 'w', newline='') as f:
    wr = csv.writer(f)
    wr.writerow('id segment gender overall nps weight p1 p2 p3 p4 e1 e2 e3 e4'.split())
    wr.writerows(rows)
